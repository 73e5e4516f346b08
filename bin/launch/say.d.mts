export class Stop extends Error {
  constructor(sentence: string, code?: number)
}

export function say(sentence: string): void
