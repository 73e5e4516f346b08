import type { FoundPage } from '#core/timelines/read-feed'

/** Reads a page of a feed to its end. */
export const readPage = async (found: Promise<FoundPage>) => (await found).read()
