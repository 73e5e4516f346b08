import { html, type Html } from '#server/pages/html'
import { icon, type IconName } from '#server/pages/parts/icons'
import { groupScopes } from '#server/pages/scope-words'

const icons = { read: 'eye', write: 'pen', notify: 'bell', admin: 'shield' } as const satisfies Record<
  string,
  IconName
>

/** Lists permissions in plain words: what may be seen, changed, notified of and governed. */
export const scopeGroups = (scopes: readonly string[]): Html =>
  html`<dl class="scopes">
    ${groupScopes(scopes).map(
      ({ group, heading, sentences }) =>
        html`<div class="scope-group ${group}">
          <dt>${icon(icons[group])} ${heading}</dt>
          <dd>
            <ul>
              ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
            </ul>
          </dd>
        </div>`,
    )}
  </dl>`
