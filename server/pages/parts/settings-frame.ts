import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { icon, type IconName } from '#server/pages/parts/icons'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

type Section = 'settings' | 'changePassword' | 'sessions' | 'apps' | 'move'

const say = words.settingsPage

const sections: [Section, string, IconName][] = [
  ['settings', say.profile, 'people'],
  ['changePassword', say.password, 'key'],
  ['sessions', say.sessions, 'desktop'],
  ['apps', say.apps, 'puzzle'],
  ['move', say.move, 'arrowRight'],
]

/** The frame around every settings page: its title, and links to the others. */
export function settingsFrame(site: Site, page: { title: string; current: Section; main: Html }): string {
  const links = sections.map(
    ([section, text, name]) =>
      html`<a href="${paths[section]}" ${section === page.current && html` aria-current="page"`}
        >${icon(name)} ${text}</a
      >`,
  )
  const main = html`<div class="settings">
    <nav class="side" aria-label="${say.navigation}">${links}</nav>
    <div class="settings-main">
      <h1>${page.title}</h1>
      ${page.main}
    </div>
  </div>`
  return layout(site, { title: page.title, width: 'wide', noindex: true, main })
}
