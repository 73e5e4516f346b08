import {
  type AllowedApp,
  allowedApps,
  type OpenSession,
  openSessions,
  personOf,
} from '#core/auth/auth.queries'
import { endSessions } from '#core/auth/end-sessions'
import { hashOf } from '#core/auth/find-token'
import { revokeTokens } from '#core/auth/revoke-tokens'
import { showApps } from '#core/posts/show-apps'
import { showsApps } from '#core/posts/shows-apps'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { pictureOrNone } from '#server/pages/entity-views'
import { paramsOf } from '#server/middleware/read-body'
import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'
import { personOnly } from '#server/pages/person-only'
import { appsPage, type AppView } from '#server/pages/views/apps'
import { sessionsPage, type SessionView } from '#server/pages/views/sessions'
import { settingsPage } from '#server/pages/views/settings'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'
import { oneAccountJson } from '#server/serializers/account'

const idOf = ({ req }: Visit): string => {
  const { id } = req.params
  if (!isId(id)) throw new NotFound()
  return id
}

const sessionView = ({ id, userAgent, ip, createdAt, lastUsedAt, isCurrent }: OpenSession): SessionView => ({
  id,
  userAgent: userAgent ?? '',
  place: ip ?? '',
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt.toISOString(),
  isCurrent,
})

const appView = ({ id, name, website, scopes, createdAt, lastUsedAt }: AllowedApp): AppView => ({
  id,
  name,
  website,
  scopes,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

async function front(visit: Visit): Promise<string> {
  const { ctx, site, req } = visit
  const { userId, accountId } = personOnly(visit)
  const [account, person, sessions, apps] = await Promise.all([
    oneAccountJson(ctx, accountId),
    personOf(ctx, userId),
    openSessions(ctx, userId, hashOf(req.sessionID)),
    allowedApps(ctx, userId),
  ])
  return settingsPage(site, {
    displayName: account.display_name || account.username,
    handle: `@${account.username}@${site.domain}`,
    avatarUrl: pictureOrNone(account.avatar),
    profilePath: paths.profile(account.username),
    email: person?.email ?? '',
    createdAt: account.created_at,
    sessions: sessions.length,
    apps: apps.length,
  })
}

export default pages((r) => {
  r.get(paths.settings, front)

  r.get(paths.sessions, async (visit) => {
    const { ctx, site, req } = visit
    const found = await openSessions(ctx, personOnly(visit).userId, hashOf(req.sessionID))
    const sessions = found.map(sessionView)
    return sessionsPage(site, { sessions, ...(req.query.done ? { notice: words.sessions.done } : {}) })
  })

  r.post(`${paths.sessions}/revoke-others`, async (visit) => {
    const { ctx, req, res } = visit
    const { userId } = personOnly(visit)
    const own = (await openSessions(ctx, userId, hashOf(req.sessionID))).find(({ isCurrent }) => isCurrent)
    await endSessions(ctx, { userId, except: own?.id })
    res.redirect(303, `${paths.sessions}?done=yes`)
    return undefined
  })

  r.post(`${paths.sessions}/:id/revoke`, async (visit) => {
    await endSessions(visit.ctx, { userId: personOnly(visit).userId, only: idOf(visit) })
    visit.res.redirect(303, `${paths.sessions}?done=yes`)
    return undefined
  })

  r.get(paths.apps, async (visit) => {
    const { ctx, site, req } = visit
    const apps = (await allowedApps(ctx, personOnly(visit).userId)).map(appView)
    const isShown = await showsApps(ctx)
    return appsPage(site, { apps, isShown, ...(req.query.done ? { notice: words.apps.done } : {}) })
  })

  r.post(`${paths.apps}/show`, async (visit) => {
    personOnly(visit)
    await showApps(visit.ctx, { isShown: paramsOf(visit.req).shown === 'yes' })
    visit.res.redirect(303, paths.apps)
    return undefined
  })

  // Where Mastodon has the same list.
  r.get(paths.authorizedApps, async (visit) => {
    personOnly(visit)
    visit.res.redirect(paths.apps)
    return undefined
  })

  r.delete(`${paths.authorizedApps}/:id`, async (visit) => {
    await revokeTokens(visit.ctx, { userId: personOnly(visit).userId, appId: idOf(visit) })
    visit.res.redirect(paths.apps)
    return undefined
  })

  r.post(`${paths.apps}/:id/revoke`, async (visit) => {
    await revokeTokens(visit.ctx, { userId: personOnly(visit).userId, appId: idOf(visit) })
    visit.res.redirect(303, `${paths.apps}?done=yes`)
    return undefined
  })
})
