import { testFixtures } from './checks.ts'

const report = (type: string): RegExp => new RegExp(`^Content-Type: multipart/report; report-type=${type};`, 'm')

await testFixtures('bounces', 'reports', {
  'dsn-failed': [
    report('delivery-status'),
    /^Action: failed\r$/m,
    /^Diagnostic-Code: .*\r\n {4}\S/m,
    /^Content-Type: message\/rfc822\r$/m,
  ],
  'dsn-two-recipients': [report('delivery-status'), /^Action: failed\r\n(?:.+\r\n)+\r\n(?:.+\r\n)+Action: relayed\r$/m],
  'dsn-delayed': [report('delivery-status'), /^Action: delayed\r\nStatus: 4\.4\.1\r$/m, /^Will-Retry-Until: /m],
  'dsn-delivered': [report('delivery-status'), /^Action: delivered\r\nStatus: 2\./m, /^Original-Envelope-Id: /m],
  'dsn-utf-8': [report('global-delivery-status'), /^Final-Recipient: utf-8; .*[\x80-\xff]/m],
  'exchange-ndr': [report('delivery-status'), /^Final-Recipient: rfc822;\S/m, /^Status: 5\.1\.10\r$/m],
  qmail: [
    /\r\n\r\nHi\. This is the /,
    /^<engineer@ferry\.example>:\r$/m,
    /^--- Below this line/m,
    /^(?![^]*MIME-Version: 1\.0[^]*Hi\.)/,
  ],
  exim: [/^X-Failed-Recipients: lookout@ferry\.example\r$/m, /^(?![^]*^Content-Type:[^]*A message that)/m],
  'mdn-displayed': [
    report('disposition-notification'),
    /^Disposition: manual-action\/MDN-sent-manually; displayed\r$/m,
  ],
  'mdn-deleted': [
    report('disposition-notification'),
    /^Disposition: automatic-action\/MDN-sent-automatically; deleted\r$/m,
  ],
  'auto-reply': [/^Return-Path: <>\r\n/, /^Auto-Submitted: auto-replied/m],
  'abuse-report': [report('feedback-report'), /^Feedback-Type: abuse\r$/m],
})
