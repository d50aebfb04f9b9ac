/** A mock POP3 server for test suites. @packageDocumentation */
export { Pop3HandlerError, Pop3ListenError, Pop3PendingFaultsError } from './errors.ts'
export type { Listener } from './events.ts'
export type { Duration } from '@pop3kit/codec'
export type { ServerClock } from './clock.ts'
export { fault } from './faults/index.ts'
export { faultNamed } from './faults/fault-named.ts'
export { positions, splits } from './faults/places.ts'
export type { Fault, FaultForm, FaultMaker } from './faults/fault.ts'
export type { FaultParameter } from './faults/kind.ts'
export type { CapabilityLies } from './faults/capability.ts'
export type { UidsManner } from './faults/identity.ts'
export type { ArrivingMessage } from './faults/maildrop.ts'
export type { NumberLie, RowsManner, SizeLie } from './faults/numbers.ts'
export type { TerminatorManner } from './faults/terminator.ts'
export type { LognormalDelay } from './faults/time.ts'
export type { TlsManner } from './faults/tls.ts'
export type {
  ArgumentMatcher,
  Handler,
  HandlerContext,
  HandlerFunction,
  HandlerOptions,
  HandlerPoint,
  HandlerUse,
  Next,
  Replies,
  Situation,
} from './handlers/handler.ts'
export { pop3 } from './handlers/pop3.ts'
export type { Place, PlaceArguments, Responder, VerbPlace } from './handlers/pop3.ts'
export type { CertificateKind, KeyPair } from './certificates/authority.ts'
export type { ServerLimits } from './limits.ts'
export type {
  AccessTokens,
  AccessTokensInit,
  ExpiringToken,
  TokenGrant,
  TokenVerdict,
  TokenVerifier,
} from './maildrop/access-tokens.ts'
export type { Maildrop, MaildropInit } from './maildrop/maildrop.ts'
export type {
  Message,
  MessageContent,
  MessageInit,
  MessagePieces,
  MessageRecord,
  MessageSize,
} from './maildrop/message.ts'
export type { MaildropPolicies, MaildropWindow, SizeRule, UniqueIdFormat, Wrapping } from './maildrop/policies.ts'
export { courier } from './personas/courier.ts'
export type { CourierOptions } from './personas/courier.ts'
export { cyrus } from './personas/cyrus.ts'
export type { CyrusOptions } from './personas/cyrus.ts'
export { definePersona } from './personas/define-persona.ts'
export type { PersonaDefinition, SectionChanges } from './personas/define-persona.ts'
export { dovecot } from './personas/dovecot.ts'
export type { DovecotOptions } from './personas/dovecot.ts'
export { personaNames } from './personas/index.ts'
export type { PersonaName } from './personas/index.ts'
export {
  type ArgumentReader,
  type ArgumentShape,
  type ArgumentValues,
  type MechanismArgument,
  Refusal,
} from './personas/argument-reader.ts'
export type {
  CapabilityFacts,
  LineLimit,
  LineLimitRule,
  Persona,
  PersonaGrammar,
  PersonaPolicies,
  PersonaSasl,
  PersonaState,
  PersonaText,
  PersonaTextName,
  PersonaTexts,
  TextValues,
} from './personas/persona.ts'
export type { SaslMechanismName } from './sasl/index.ts'
export type { CloseReason, Entry, EntryDetails, EntryOf, EntryPlace, EntryTypes } from './record/entry.ts'
export type { SessionRecord } from './record/session-record.ts'
export { TranscriptWriter } from './record/transcript.ts'
export type { DeliveryTransform, RetrievedMessage, Step, Steps, WirePart } from './reply/delivery.ts'
export type { Position } from './reply/position.ts'
export { deliverThrough, reply } from './reply/reply.ts'
export type { Reply, ReplyBody, ReplyOptions } from './reply/reply.ts'
export type { ConnectOptions, ListeningAddress, Pop3ServerOptions } from './server-options.ts'
export { setupPop3Server } from './server.ts'
export type { Pop3Server } from './server.ts'
export type { SessionState } from './session/session.ts'
export type { ListenOptions } from './transports/tcp.ts'
export type { TlsOptions } from './transports/tls.ts'
