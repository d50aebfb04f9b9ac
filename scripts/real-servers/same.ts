/** Makes the same of what differs from one run of a server to the next: unique-ids, times, process numbers and challenges. */

export function same(text: string): string {
  return text
    .replaceAll(/<[\w/+=.]+@mail\.example\.com>/g, '<timestamp>')
    .replaceAll(/SESSIONID=<[^>]*>/g, 'SESSIONID=<>')
    .replaceAll(/UID(\d+)-\d+/g, 'UID$1-validity')
    .replaceAll(/^((?:\+OK )?\d+) \d{9,}\.\d+\r$/gm, '$1 unique-id\r')
    .replaceAll(/^((?:\+OK )?\d+ [\da-f]{8})[\da-f]{8}\r$/gm, '$1-validity\r')
    .replaceAll(/^\+ (\S{16,})\r$/gm, (_, base64: string) => `+ ${challenge(base64)}\r`)
}

function challenge(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('latin1')
  return same(text).replaceAll(/(\bnonce=")[^"]*|^((?:r|v)=)[^,]*|(,s=)[^,]*/g, '$1$2$3')
}
