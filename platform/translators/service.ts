/** Pieces of HTML in another language, in their order, and the language that they were in. */
export type Translated = { texts: string[]; from: string }

/** A service that translates. `from` is null for a language that nobody knows; codes are those of ISO 639-1. */
export type Translator = {
  /** Who did it, as readers are told. */
  provider: string
  /** Throws Unavailable when the service does not answer, or will not for now. */
  translate(texts: readonly string[], from: string | null, to: string): Promise<Translated>
  /** The languages that each language can be translated to; `und` stands for one that nobody knows. Throws Unavailable. */
  languages(): Promise<Record<string, string[]>>
}

/** Asks the service for JSON. Throws Unavailable for everything but a success that can be read. */
export type AskService = (
  path: string,
  request?: { headers?: Record<string, string>; body?: object },
) => Promise<unknown>
