import { nowhere, type Remote } from '#core/remote'

/** How the core finds accounts and posts on other servers. */
export const remote: Remote = nowhere
