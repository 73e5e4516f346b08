import { escapeHtml, html, raw, safeUrl, type Html } from '#server/pages/html'

/** A custom emoji as it stands beside a text: `:code:` is shown as the picture at `url`. */
export type EmojiView = { code: string; url: string }

const shortcode = /:([a-zA-Z0-9_]{2,}):/g

const picture = ({ code, url }: EmojiView): Html =>
  html`<img
    class="emoji"
    src="${safeUrl(url)}"
    alt=":${code}:"
    title=":${code}:"
    width="20"
    height="20"
    loading="lazy"
  />`

function replaceIn(text: string, byCode: Map<string, EmojiView>): string {
  return text.replace(shortcode, (whole, code: string) => {
    const emoji = byCode.get(code)
    return emoji ? picture(emoji).text : whole
  })
}

const index = (emojis: readonly EmojiView[]) => new Map(emojis.map((emoji) => [emoji.code, emoji]))

/** Gives sanitised markup with the shortcodes of `emojis` shown as pictures; tags and attributes are left alone. */
export function emojifyHtml(content: string, emojis: readonly EmojiView[]): Html {
  if (emojis.length === 0) return raw(content)
  const byCode = index(emojis)
  return raw(
    content.replace(/<[^>]*>|[^<]+/g, (part) => (part.startsWith('<') ? part : replaceIn(part, byCode))),
  )
}

/** The same for plain text, which it escapes: names, content warnings, poll options. */
export function emojifyText(text: string, emojis: readonly EmojiView[] = []): Html {
  return emojifyHtml(escapeHtml(text), emojis)
}
