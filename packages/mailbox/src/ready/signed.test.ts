import { testFixtures } from './checks.ts'

const signed = (protocol: string): RegExp[] => [
  /^Content-Type: multipart\/signed;/m,
  new RegExp(`protocol="application/${protocol}"`),
  new RegExp(`^Content-Type: application/${protocol}; name=`, 'm'),
]
const smime = (type: string): RegExp => new RegExp(`^Content-Type: application/pkcs7-mime; smime-type=${type};`, 'm')

await testFixtures('signed', 'sealed', {
  'smime-detached': [...signed('pkcs7-signature'), /opens with 4711/],
  'smime-opaque': [smime('signed-data'), /^(?![^]*4711)/],
  'smime-encrypted': [smime('enveloped-data'), /^(?![^]*4711)/],
  'smime-signed-and-encrypted': [smime('enveloped-data'), /^(?![^]*pkcs7-signature)/],
  'smime-altered': [...signed('pkcs7-signature'), /opens with 4712/],
  'pgp-signed': [...signed('pgp-signature'), /opens with 4711/],
  'pgp-encrypted': [/^Content-Type: multipart\/encrypted; protocol="application\/pgp-encrypted";/m, /^Version: 1\r$/m],
  'pgp-inline-signed': [/^-----BEGIN PGP SIGNED MESSAGE-----\r$/m, /^- - and a line with a hyphen\r$/m],
  'pgp-inline-encrypted': [/^For you alone:\r\n\r\n-----BEGIN PGP MESSAGE-----\r$/m],
  'pgp-key': [/^Content-Type: application\/pgp-keys;/m, /^-----BEGIN PGP PUBLIC KEY BLOCK-----\r$/m],
})
