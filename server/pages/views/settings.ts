import { monthOf } from '#server/pages/dates'
import { html } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import { avatar } from '#server/pages/parts/avatar'
import { notice } from '#server/pages/parts/form'
import { icon, type IconName } from '#server/pages/parts/icons'
import { settingsFrame } from '#server/pages/parts/settings-frame'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type SettingsView = {
  displayName: string
  handle: string
  avatarUrl: string | null
  profilePath: string
  email: string
  /** ISO 8601. */
  createdAt: string
  sessions: number
  apps: number
  notice?: string
}

const say = words.settingsPage

const tile = (href: string, name: IconName, title: string, text: string) =>
  html`<a class="tile card" href="${href}"
    >${icon(name)}<span><strong>${title}</strong> <small>${text}</small></span></a
  >`

/** The front page of the settings: who is logged in, and where to go. */
export function settingsPage(site: Site, view: SettingsView): string {
  const main = html`${notice(view.notice)}
    <section class="card person">
      ${avatar(view, 96)}
      <div>
        <p class="person-name"><bdi>${view.displayName}</bdi></p>
        <p class="handle">${view.handle}</p>
        <p class="hint">${say.email}: ${view.email}</p>
        <p class="hint">${say.since} ${monthOf(view.createdAt)}</p>
        <p><a href="${view.profilePath}">${say.see}</a></p>
      </div>
    </section>
    <div class="tiles">
      ${tile(paths.changePassword, 'key', say.password, say.passwordText)}
      ${tile(paths.sessions, 'desktop', `${say.sessions} (${view.sessions})`, say.sessionsText)}
      ${tile(paths.apps, 'puzzle', `${say.apps} (${view.apps})`, say.appsText)}
      ${tile(paths.move, 'arrowRight', say.move, say.moveText)}
    </div>`
  return settingsFrame(site, { title: say.title, current: 'settings', main })
}
