import { settle } from './settle.ts'

/** Does all owed work, so that search knows of it. */
export const settleSearch = (): Promise<void> => settle()
