import type { Actor } from '#core/actor'
import { KithError } from '#platform/errors'
import { paths } from '#server/pages/paths'
import type { Visit } from '#server/pages/visit'

/** A page for members was asked for by somebody who is not logged in: `location` is where they can be, and come back. */
export class LogInFirst extends KithError {
  readonly location: string
  constructor(wanted: string) {
    super('Please log in first')
    this.location = logInPath(wanted)
  }
}

// Proxies take a few KiB of headers; whoever comes with more than that has to find the way alone.
const LONGEST = 4096

/** Where to log in, and go on to `wanted` from there. */
export function logInPath(wanted: string): string {
  const path = `${paths.logIn}?next=${encodeURIComponent(wanted)}`
  return path.length > LONGEST ? paths.logIn : path
}

/** The member who looks at a page. Throws LogInFirst when nobody is logged in. */
export function personOnly({ ctx, req }: Visit): Actor & { kind: 'person' } {
  if (ctx.actor.kind === 'person') return ctx.actor
  throw new LogInFirst(req.method === 'GET' ? req.originalUrl : paths.settings)
}
