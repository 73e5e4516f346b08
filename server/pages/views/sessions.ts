import { dayOf, momentOf } from '#server/pages/dates'
import { html, type Html } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import { describeDevice } from '#server/pages/parts/device'
import { csrfField, notice } from '#server/pages/parts/form'
import { icon } from '#server/pages/parts/icons'
import { settingsFrame } from '#server/pages/parts/settings-frame'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** One browser that is logged in. Times are ISO 8601; `place` is a town or a network address, as known. */
export type SessionView = {
  id: string
  userAgent: string
  place: string
  createdAt: string
  lastUsedAt: string
  isCurrent: boolean
}

const say = words.sessions

function row(site: Site, session: SessionView): Html {
  const device = describeDevice(session.userAgent)
  return html`<li class="card row">
    ${icon(device.icon)}
    <div class="row-text">
      <p class="row-title">
        ${device.name} ${session.isCurrent && html`<span class="badge good">${say.current}</span>`}
      </p>
      <p class="hint">${session.place} · ${say.since} ${dayOf(session.createdAt)}</p>
      <p class="hint">${say.lastUsed} ${momentOf(session.lastUsedAt)}</p>
    </div>
    ${
      !session.isCurrent &&
      html`<form method="post" action="${paths.sessions}/${session.id}/revoke">
        ${csrfField(site.csrfToken)}<button
          class="button quiet small"
          type="submit"
          aria-label="${say.revokeLabel(device.name)}"
        >
          ${say.revoke}
        </button>
      </form>`
    }
  </li>`
}

/** Lists own sessions. Forms post to `paths.sessions/:id/revoke` and `paths.sessions/revoke-others`. */
export function sessionsPage(site: Site, view: { sessions: SessionView[]; notice?: string }): string {
  const main = html`<p class="lead">${say.lead}</p>
    ${notice(view.notice)}
    <ul class="rows">
      ${view.sessions.map((session) => row(site, session))}
    </ul>
    ${
      view.sessions.length > 1
        ? html`<form method="post" action="${paths.sessions}/revoke-others">
            ${csrfField(site.csrfToken)}<button class="button danger" type="submit">${say.others}</button>
          </form>`
        : html`<p class="hint">${say.none}</p>`
    }`
  return settingsFrame(site, { title: say.title, current: 'sessions', main })
}
