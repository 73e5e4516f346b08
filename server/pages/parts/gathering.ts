import { html, type Html } from '#server/pages/html'

type Friend = { x: number; y: number; radius: number; hue: string; look: 'smile' | 'wink' | 'open' }

const friends: Friend[] = [
  { x: 118, y: 96, radius: 74, hue: 'mark-left', look: 'smile' },
  { x: 232, y: 120, radius: 82, hue: 'mark-right', look: 'open' },
  { x: 148, y: 206, radius: 66, hue: 'third', look: 'wink' },
  { x: 300, y: 214, radius: 46, hue: 'fourth', look: 'smile' },
]

function face({ x, y, radius, look }: Friend): Html {
  const apart = radius * 0.3
  const [eyes, mouth] = [y - radius * 0.12, y + radius * 0.14]
  const eye = (left: number) => html`<circle class="face" cx="${left}" cy="${eyes}" r="${radius * 0.075}" />`
  const wink = html`<path class="smile" d="M${x + apart - 7} ${eyes}q7 -7 14 0" />`
  const smile = html`<path class="smile" d="M${x - apart} ${mouth}a${apart} ${apart} 0 0 0 ${apart * 2} 0" />`
  const open = html`<path class="face" d="M${x - apart} ${mouth}a${apart} ${apart} 0 0 0 ${apart * 2} 0z" />`
  return html`<g
    >${eye(x - apart)}${look === 'wink' ? wink : eye(x + apart)}${look === 'open' ? open : smile}</g
  >`
}

/** A few friends standing close together: the picture of the front page. */
export const gathering = (): Html =>
  html`<svg class="gathering" viewBox="0 0 380 290" aria-hidden="true" focusable="false">
    ${friends.map(({ x, y, radius, hue }) => html`<circle class="${hue}" cx="${x}" cy="${y}" r="${radius}" />`)}
    ${friends.map(face)}
  </svg>`
