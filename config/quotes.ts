import { flag, read } from './read.ts'

const env = read({ KITH_QUOTES_WITHOUT_STAMP: flag.default(true) })

/** What is shown of quotes whose author was never asked, because the server of the quoted post knows no such thing. */
export const quotes = Object.freeze({ withoutStamp: env.KITH_QUOTES_WITHOUT_STAMP })
