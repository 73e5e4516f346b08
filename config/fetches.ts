import { flag, read } from './read.ts'

const env = read({
  KITH_AUTHORIZED_FETCH: flag.default(false),
})

/** Who may fetch what other servers fetch: anybody, or those alone who sign and are not refused. */
export const fetches = Object.freeze({ mustBeSigned: env.KITH_AUTHORIZED_FETCH })
