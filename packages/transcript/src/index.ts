/** POP3 sessions as text: read, written, kept from a mock server, and replayed in one. @packageDocumentation */
export { formatTranscript, TranscriptFormatter } from './format.ts'
export { parseTranscript, type ParseOptions } from './parse.ts'
export { TranscriptRecorder, type Redaction, type TranscriptRecorderOptions } from './record/recorder.ts'
export type { SessionRecorder } from './record/session-recorder.ts'
export { ReplayError, type ReplayDifference } from './replay-error.ts'
export { replayTranscript, type ReplayOptions, type ReplaySetup } from './replay/replay.ts'
export { TranscriptError, type TranscriptProblem } from './transcript-error.ts'
export type { Party, Transcript, TranscriptEvent, TranscriptSession } from './transcript.ts'
