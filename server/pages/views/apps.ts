import { dayOf } from '#server/pages/dates'
import { html, safeUrl, type Html } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import { empty } from '#server/pages/parts/empty'
import { csrfField, notice } from '#server/pages/parts/form'
import { scopeGroups } from '#server/pages/parts/scopes'
import { settingsFrame } from '#server/pages/parts/settings-frame'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** One app that may use the account. Times are ISO 8601. */
export type AppView = {
  id: string
  name: string
  website: string | null
  scopes: string[]
  createdAt: string
  lastUsedAt: string | null
}

const say = words.apps

function appName({ name, website }: AppView): Html {
  if (!website) return html`<bdi>${name}</bdi>`
  return html`<a href="${safeUrl(website)}" rel="nofollow noopener noreferrer"><bdi>${name}</bdi></a>`
}

const row = (site: Site, app: AppView): Html =>
  html`<li class="card row">
    <div class="row-text">
      <p class="row-title">${appName(app)}</p>
      <p class="hint">
        ${say.allowed} ${dayOf(app.createdAt)} · ${say.lastUsed}
        ${app.lastUsedAt ? dayOf(app.lastUsedAt) : say.never}
      </p>
      <details>
        <summary>${say.may}</summary>
        ${scopeGroups(app.scopes)}
      </details>
    </div>
    <form method="post" action="${paths.apps}/${app.id}/revoke">
      ${csrfField(site.csrfToken)}<button
        class="button quiet small"
        type="submit"
        aria-label="${say.revokeLabel(app.name)}"
      >
        ${say.revoke}
      </button>
    </form>
  </li>`

/** `isShown`: do others see by which of them a post was written? */
export type AppsView = { apps: AppView[]; isShown: boolean; notice?: string }

const naming = (site: Site, isShown: boolean): Html =>
  html`<form class="card row" method="post" action="${paths.apps}/show">
    ${csrfField(site.csrfToken)}<input type="hidden" name="shown" value="${isShown ? 'no' : 'yes'}" />
    <p class="row-text">${isShown ? say.named : say.unnamed}</p>
    <button class="button quiet small" type="submit">${isShown ? say.unname : say.name}</button>
  </form>`

/** Lists authorized apps. Each form posts to `paths.apps/:id/revoke`. */
export function appsPage(site: Site, view: AppsView): string {
  const main = html`<p class="lead">${say.lead}</p>
    ${notice(view.notice)}
    ${
      view.apps.length > 0
        ? html`<ul class="rows">
            ${view.apps.map((app) => row(site, app))}
          </ul>`
        : empty(say.noneTitle, say.none)
    }
    ${naming(site, view.isShown)}`
  return settingsFrame(site, { title: say.title, current: 'apps', main })
}
