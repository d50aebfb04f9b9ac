import { testFixtures } from './checks.ts'

await testFixtures('digests', 'collected', {
  'mime-digest': [/^Content-Type: multipart\/digest; boundary="digest"\r$/m, /^--digest\r\n\r\nFrom: /m],
  'mime-digest-with-text': [
    /^Content-Type: multipart\/mixed;[^]*^Content-Type: multipart\/digest;[^]*Description: Footer/m,
  ],
  'rfc-1153': [/^-{70}\r$/m, /^\r\n-{30}\r\n\r$/m, /^End of quay Digest V12 #3\r\n\*+\r\n$/m],
  'rfc-1153-hyphens-within': [/^\S.*\r\n-{30}\r\n\S/m, /^- -{30}\r$/m],
  'list-message': [/^Return-Path: <quay-bounces\+you=example\.com@/m, /^Subject: \[quay\] /m],
  'forwarded-thrice': [/^(?:[^]*?^Content-Type: message\/rfc822\r$){3}/m],
})
