import { flag, read } from './read.ts'

const env = read({
  KITH_AUTHORIZED_FETCH: flag.default(false),
  KITH_TELL_OF_BLOCKS: flag.default(false),
})

/** What other servers are shown and told, as far as operators differ about it. */
export const federation = Object.freeze({
  /** Only those fetch who sign and are not refused. */
  mustBeSigned: env.KITH_AUTHORIZED_FETCH,
  /** The server of whoever a member blocks is told so. */
  tellsOfBlocks: env.KITH_TELL_OF_BLOCKS,
})
