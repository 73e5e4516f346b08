import { html, type Html } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import {
  csrfField,
  errorSummary,
  formTitle,
  notice,
  textField,
  type Field,
  type FormState,
} from '#server/pages/parts/form'
import { settingsFrame } from '#server/pages/parts/settings-frame'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** Another account of the member: its ActivityPub id and, where it is known, its handle. */
export type AliasView = { uri: string; handle: string | null }

export type MoveView = FormState<'alias' | 'target' | 'password'> & {
  aliases: AliasView[]
  /** The handle of where the member went. */
  movedTo: string | null
  notice?: string
}

const say = words.move

const handleField = (name: 'alias' | 'target', label: string): Field => ({
  name,
  label,
  hint: say.aliasHint,
  autocomplete: 'off',
  required: true,
  maxLength: 512,
  literal: true,
})

const row = (site: Site, { uri, handle }: AliasView): Html =>
  html`<li class="card row">
    <div class="row-text">
      <p class="row-title"><bdi>${handle ?? uri}</bdi></p>
    </div>
    <form method="post" action="${paths.move}/remove">
      ${csrfField(site.csrfToken)}<input type="hidden" name="uri" value="${uri}" />
      <button class="button quiet small" type="submit" aria-label="${say.removeLabel(handle ?? uri)}">
        ${say.remove}
      </button>
    </form>
  </li>`

const gone = (site: Site, handle: string): Html =>
  html`<form class="card" method="post" action="${paths.move}/back">
    ${csrfField(site.csrfToken)}
    <p>${say.gone(handle)}</p>
    <button class="button" type="submit">${say.back}</button>
  </form>`

const away = (site: Site, view: MoveView): Html =>
  html`<form class="card" method="post" action="${paths.move}/away" novalidate>
    ${csrfField(site.csrfToken)}
    <h2>${say.awayTitle}</h2>
    <p class="hint">${say.away}</p>
    ${textField(handleField('target', say.target), view)}
    ${textField({ name: 'password', label: say.password, type: 'password', autocomplete: 'current-password', required: true, maxLength: 128 }, view)}
    <button class="button danger" type="submit">${say.leave}</button>
  </form>`

/**
 * Own aliases, and the way to another server. Forms post `alias` to `paths.move/add`, `uri` to `paths.move/remove`,
 * `target` and `password` to `paths.move/away`, and nothing to `paths.move/back`.
 */
export function movePage(site: Site, view: MoveView): string {
  const main = html`${notice(view.notice)} ${errorSummary(view)}
    <form class="card" method="post" action="${paths.move}/add" novalidate>
      ${csrfField(site.csrfToken)}
      <h2>${say.hereTitle}</h2>
      <p class="hint">${say.here}</p>
      ${textField(handleField('alias', say.alias), view)}
      <button class="button" type="submit">${say.add}</button>
    </form>
    ${
      view.aliases.length > 0 &&
      html`<ul class="rows">
        ${view.aliases.map((alias) => row(site, alias))}
      </ul>`
    }
    ${view.movedTo ? gone(site, view.movedTo) : away(site, view)}`
  return settingsFrame(site, { title: formTitle(view, say.title), current: 'move', main })
}
