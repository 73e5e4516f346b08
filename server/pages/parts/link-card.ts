import { html, safeUrl, type Html } from '#server/pages/html'

/** A preview of a page that a post links to, made from that page's own words. */
export type CardView = {
  url: string
  title: string
  description: string
  provider: string
  imageUrl: string | null
  imageAlt: string
}

/** Shows the preview of a link. */
export const linkCard = (card: CardView): Html =>
  html`<a
    class="${card.imageUrl ? 'link-card pictured' : 'link-card'}"
    href="${safeUrl(card.url)}"
    rel="nofollow noopener noreferrer ugc"
  >
    ${card.imageUrl && html`<img src="${safeUrl(card.imageUrl)}" alt="${card.imageAlt}" loading="lazy" decoding="async" />`}
    <span class="link-text">
      <small>${card.provider || URL.parse(card.url)?.host}</small>
      <strong dir="auto">${card.title}</strong>
      ${card.description && html`<span class="excerpt" dir="auto">${card.description}</span>`}
    </span>
  </a>`
