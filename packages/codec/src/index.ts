/**
 * POP3 octets to commands and replies, and back. No I/O, no dependency, runs in a browser.
 *
 * @packageDocumentation
 */
export {
  isPop3Error,
  Pop3ArgumentError,
  Pop3Error,
  Pop3LimitError,
  Pop3ProtocolError,
  type LimitErrorOptions,
  type ProtocolErrorOptions,
} from './errors.ts'
export { concatOctets, decodeLatin1, decodeText, encodeLatin1, encodeText } from './octets.ts'
export { parseDuration, type Duration } from './duration.ts'
export type { OctetSource } from './octet-transform.ts'
export type { Line, LineEndings, LineOverflow } from './line.ts'
export { LineDecoder, type LineDecoderOptions } from './line-decoder.ts'

export { encodeCommand, formatCommand, parseCommand, type Command, type CommandOptions } from './command.ts'
export { excerptOf } from './excerpt.ts'
export { redactCommand } from './redact.ts'
export { CommandDecoder, type CommandDecoderOptions } from './command-decoder.ts'

export {
  encodeReplyStatus,
  formatReplyStatus,
  parseReplyStatus,
  type ReplyStatus,
  type ReplyStatusOptions,
  type ReplyStatusParts,
  type StatusIndicator,
} from './reply.ts'
export { formatResponseCode, isResponseCode, parseResponseCode } from './response-code.ts'
export { ReplyDecoder, type BodyLine, type BodyPart, type ReplyDecoderOptions } from './reply-decoder.ts'

export { DotStuffer, stuff, stuffed, TERMINATOR, type DotStuffingOptions } from './dot-stuffing.ts'
export { DotUnstuffer, unstuff, type Unstuffed } from './dot-unstuffing.ts'
export { canonical, canonicalized, canonicalOctets, CrlfCanonicalizer, isCanonical } from './canonical.ts'

export type { ListingOptions } from './listing-line.ts'
export { formatDropListing, parseDropListing, type DropListing } from './drop-listing.ts'
export { formatScanListing, parseScanListing, type ScanListing } from './scan-listing.ts'
export { formatUniqueIdListing, parseUniqueIdListing, type UniqueIdListing } from './unique-id-listing.ts'
export { Capabilities, formatCapability, parseCapabilities, parseCapability, type Capability } from './capability.ts'

export { apopDigest, formatApopTimestamp, parseApopTimestamp, type ApopTimestampParts } from './apop.ts'
export { formatPopUrl, parsePopUrl, type PopUrl } from './pop-url.ts'

export { decodeBase64, encodeBase64, type Base64Options } from './sasl/base64.ts'
export { decodeInitialResponse, encodeInitialResponse } from './sasl/initial-response.ts'
export { decodeChallenge } from './sasl/challenge.ts'
export { formatPlain, parsePlain, type PlainCredentials } from './sasl/plain.ts'
export {
  cramMd5Digest,
  cramMd5Response,
  parseCramMd5,
  type CramMd5Credentials,
  type CramMd5Response,
} from './sasl/cram-md5.ts'
export { formatXoauth2, parseXoauth2, type Xoauth2Credentials } from './sasl/xoauth2.ts'
export { formatOauthBearer, parseOauthBearer, type OauthBearerCredentials } from './sasl/oauthbearer.ts'
export {
  formatScramClientFirst,
  parseScramClientFirst,
  type ReceivedScramClientFirst,
  type ScramClientFirst,
} from './sasl/scram/client-first.ts'
export { formatScramServerFirst, parseScramServerFirst, type ScramServerFirst } from './sasl/scram/server-first.ts'
export { formatScramClientFinal, parseScramClientFinal, type ScramClientFinal } from './sasl/scram/client-final.ts'
export { formatScramServerFinal, parseScramServerFinal, type ScramServerFinal } from './sasl/scram/server-final.ts'
export { scramKeys, type ScramHash, type ScramKeys } from './sasl/scram/keys.ts'
export {
  scramAuthMessage,
  scramClientProof,
  scramServerSignature,
  verifyScramClientProof,
  verifyScramServerSignature,
  type ScramMessages,
} from './sasl/scram/proof.ts'
