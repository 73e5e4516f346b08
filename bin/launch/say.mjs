/** A failure that the reader can do something about: one sentence, shown without a stack. */
export class Stop extends Error {
  constructor(sentence, code = 1) {
    super(sentence)
    this.code = code
  }
}

/** Tells what is going on, on stderr, so that stdout carries results alone. */
export const say = (sentence) => process.stderr.write(`kith: ${sentence}\n`)

/** Shows any failure as one sentence (the whole stack under KITH_LOG=debug or trace) and gives the exit code. */
export function explain(error) {
  const isDeep = /^(debug|trace)$/.test(process.env.KITH_LOG ?? '')
  const sentence = error instanceof Error ? error.message : String(error)
  say(isDeep && error instanceof Error ? (error.stack ?? sentence) : sentence)
  return error instanceof Stop ? error.code : 1
}
