import { html, safeUrl, type Html } from '#server/pages/html'

const hues = 8
const usernameOf = (handle: string): string => handle.split('@')[1] ?? handle

/** Gives one of eight colour classes, always the same for the same text. */
const hueOf = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) % 9973, 7) % hues

// Of the name without emojis, which would be half shown.
const letterOf = (name: string): string | undefined =>
  /[\p{L}\p{N}]/u.exec(name.replaceAll(/:\w+:/g, ''))?.[0].toUpperCase()

/** Shows a profile picture, or the first letter on a colour of its own. Says nothing: a name stands beside it. */
export function avatar(
  of: { displayName: string; handle: string; avatarUrl: string | null },
  size: 48 | 96 | 32,
): Html {
  if (of.avatarUrl) {
    return html`<img
      class="avatar size-${size}"
      src="${safeUrl(of.avatarUrl)}"
      alt=""
      width="${size}"
      height="${size}"
      loading="lazy"
    />`
  }
  const username = usernameOf(of.handle)
  return html`<span class="avatar size-${size} hue-${hueOf(username)}" aria-hidden="true"
    >${letterOf(of.displayName) ?? letterOf(username)}</span
  >`
}
