import { instance } from '#config/instance'
import { escapeHtml, html, raw } from '../pages/html.ts'
import type { StatusJson } from './status.ts'

const DAY = 86_400

/** How wide and high whoever embeds it wants it, at most; no height means as high as it is. */
export type Frame = { width: number; height: number | null }

/** What other sites show of a post (INST-26): a quotation that needs no script, with a link to it. */
export function oembedJson(status: StatusJson, { width, height }: Frame) {
  const { account } = status
  const name = account.display_name || account.username
  const link = status.url ?? status.uri
  // What stands behind a warning stays behind it.
  const text = status.spoiler_text === '' ? raw(status.content) : html`<p>${status.spoiler_text}</p>`
  const quotation = html`<blockquote class="kith-embed" cite="${link}" style="max-width: ${width}px">
    <div lang="${status.language ?? ''}">${text}</div>
    <footer>
      ${name} (@${account.acct}@${instance.domain}),
      <a href="${link}"><time datetime="${status.created_at}">${status.created_at.slice(0, 10)}</time></a>
    </footer>
  </blockquote>`
  return {
    type: 'rich',
    version: '1.0',
    author_name: name,
    author_url: account.url,
    provider_name: escapeHtml(instance.domain),
    provider_url: `${instance.origin}/`,
    cache_age: DAY,
    html: quotation.text,
    width,
    height,
  }
}
