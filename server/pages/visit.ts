import type { Request, Response } from 'express'
import { instance } from '#config/instance'
import type { Actor } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { readSettings, type Settings, usualSettings } from '#core/instances/read-settings'
import { remote } from '#federation/remote'
import type { Site } from '#server/pages/layout'
import manifest from '../../package.json' with { type: 'json' }

/** Who looks at a page, as their session tells. */
export type Visitor = { actor: Actor; viewer: Site['viewer']; csrfToken: string | null }

/** One request for a page, with all that handlers and views need to know. */
export type Visit = { ctx: Ctx; site: Site; settings: Settings; req: Request; res: Response }

const nobody: Visitor = { actor: { kind: 'visitor' }, viewer: null, csrfToken: null }

let latest: Settings = usualSettings

/** Tells the pages of this request who is looking. Whoever reads sessions calls it before the pages are reached. */
export function introduce(res: Response, visitor: Visitor): void {
  res.locals.visitor = visitor
}

/** Who was introduced for this request; nobody in particular when nobody was. */
export const visitorOf = (res: Response): Visitor => (res.locals.visitor as Visitor | undefined) ?? nobody

function siteOf({ viewer, csrfToken }: Visitor, settings: Settings): Site {
  return {
    name: settings.title,
    origin: instance.origin,
    domain: instance.domain,
    version: manifest.version,
    signUps: settings.registrations,
    viewer,
    csrfToken,
  }
}

/** Looks up what a page needs. One query. */
export async function visitOf(req: Request, res: Response): Promise<Visit> {
  const visitor = visitorOf(res)
  const ctx: Ctx = { actor: visitor.actor, remote }
  const settings = await readSettings(ctx)
  latest = settings
  return { ctx, site: siteOf(visitor, settings), settings, req, res }
}

/** The site as it was last seen, without asking anything that may be the very thing that is broken. */
export const siteAsLastSeen = (res: Response): Site => siteOf(visitorOf(res), latest)
