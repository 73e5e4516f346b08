/** A failure that the reader can do something about: one sentence, shown without a stack. */
export class Stop extends Error {
  constructor(sentence, code = 1) {
    super(sentence)
    this.code = code
  }
}

/** Tells what is going on, on stderr, so that stdout carries results alone. */
export const say = (sentence) => process.stderr.write(`kith: ${sentence}\n`)

/** Some errors of Node hold others and have no words of their own. */
const sentenceOf = (error) =>
  error instanceof Error
    ? error.message || sentenceOf(error.errors?.[0] ?? error.code ?? error.name)
    : String(error)

/** Shows any failure as one sentence (the whole stack under KITH_LOG=debug or trace) and gives the exit code. */
export function explain(error) {
  const isDeep = /^(debug|trace)$/.test(process.env.KITH_LOG ?? '')
  const sentence = sentenceOf(error)
  say(isDeep && error instanceof Error ? (error.stack ?? sentence) : sentence)
  return error instanceof Stop ? error.code : 1
}
