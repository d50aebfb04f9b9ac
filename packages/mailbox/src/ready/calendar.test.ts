import { testFixtures } from './checks.ts'

const part = (method: string): RegExp =>
  new RegExp(`^Content-Type: text/calendar; charset=[-a-z8]+; method=${method}`, 'm')
const berth = /^UID:berth-7@harbour\.example\r$/m
const sequence = (number: number): RegExp => new RegExp(`^SEQUENCE:${number}\r$`, 'm')

await testFixtures('calendar', 'invited', {
  request: [part('REQUEST'), berth, sequence(0), /^METHOD:REQUEST\r$/m],
  'request-with-file': [part('REQUEST'), berth, /^Content-Type: application\/ics; name="invite\.ics"\r$/m],
  recurring: [part('REQUEST'), /^RRULE:/m, /^EXDATE;TZID=Europe\/Copenhagen:/m, /^BEGIN:VTIMEZONE\r$/m],
  update: [part('REQUEST'), berth, sequence(1)],
  'update-occurrence': [part('REQUEST'), sequence(1), /^RECURRENCE-ID;TZID=Europe\/Copenhagen:20260309T083000\r$/m],
  cancel: [part('CANCEL'), berth, sequence(2), /^METHOD:CANCEL\r$/m, /^STATUS:CANCELLED\r$/m],
  'reply-accepted': [part('REPLY'), berth, /PARTSTAT=ACCEPTED/],
  'reply-declined': [part('REPLY'), berth, /PARTSTAT=DECLINED/, /^COMMENT:/m],
  counter: [part('COUNTER'), berth, /PARTSTAT=TENTATIVE/],
  'folded-in-a-character': [part('REQUEST'), /\xc3\r\n \xa4/],
  publish: [
    /^Content-Type: application\/octet-stream; name="plan\.ics"\r$/m,
    new RegExp(btoa('BEGIN:VCALENDAR').slice(0, 18)),
  ],
})
