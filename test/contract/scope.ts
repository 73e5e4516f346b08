import { type Endpoint, endpoints } from '#test/support/contract'

const admin = /^\/api\/v\d+\/admin(\/|$)/

/** The endpoints that Kith answers: all but those that were removed and those of moderators. */
export const offered: readonly Endpoint[] = endpoints.filter(
  ({ removed, path }) => !removed && !admin.test(path),
)

/** The endpoints that there were once: they answer 404. */
export const withdrawn: readonly Endpoint[] = endpoints.filter(({ removed }) => removed)
