import { icon as iconAsset, script, styles } from '#server/pages/assets'
import { html, safeUrl, type Html } from '#server/pages/html'
import { csrfField } from '#server/pages/parts/form'
import { mark, wordmark } from '#server/pages/parts/brand'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** What every page knows of the server it is on and of the person looking at it. */
export type Site = {
  name: string
  /** The public origin without a final slash. */
  origin: string
  /** The host in handles. */
  domain: string
  version: string
  signUps: 'open' | 'approval' | 'closed'
  viewer: { handle: string; username: string } | null
  /** Proves that a form came from this session; null where no session is kept. */
  csrfToken: string | null
}

/** One document: what stands in its head, and its main part. */
export type Page = {
  title: string
  description?: string
  /** Path or address of the page itself, for search engines and previews. */
  canonical?: string
  image?: { url: string; alt: string }
  ogType?: 'website' | 'profile' | 'article'
  alternates?: { type: string; href: string; title?: string }[]
  noindex?: boolean
  /** Narrow for forms, reading for texts and posts, wide for two columns. */
  width: 'narrow' | 'reading' | 'wide'
  main: Html
}

const absolute = (site: Site, url: string): string => (url.startsWith('/') ? site.origin + url : safeUrl(url))

function preview(site: Site, page: Page): Html {
  return html`<meta property="og:site_name" content="${site.name}" />
    <meta property="og:title" content="${page.title}" />
    <meta property="og:type" content="${page.ogType ?? 'website'}" />
    ${
      page.description &&
      html`<meta name="description" content="${page.description}" />
        <meta property="og:description" content="${page.description}" />`
    }
    ${
      page.canonical &&
      html`<link rel="canonical" href="${absolute(site, page.canonical)}" />
        <meta property="og:url" content="${absolute(site, page.canonical)}" />`
    }
    ${
      page.image &&
      html`<meta property="og:image" content="${absolute(site, page.image.url)}" />
        <meta property="og:image:alt" content="${page.image.alt}" />`
    }
    <meta name="twitter:card" content="summary" />`
}

function head(site: Site, page: Page): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${page.title === site.name ? page.title : `${page.title} · ${site.name}`}</title>
    ${page.noindex && html`<meta name="robots" content="noindex, noarchive" />`} ${preview(site, page)}
    ${page.alternates?.map(
      (one) =>
        html`<link
          rel="alternate"
          type="${one.type}"
          href="${absolute(site, one.href)}"
          ${one.title && html` title="${one.title}"`}
        />`,
    )}
    <link rel="icon" type="image/svg+xml" href="${iconAsset.path}" />
    <link rel="stylesheet" href="${styles.path}" />
    <script type="module" src="${script.path}"></script>
  </head>`
}

function account(site: Site): Html {
  if (!site.viewer) {
    return html`<a href="${paths.logIn}">${words.logIn}</a>
      ${site.signUps !== 'closed' && html`<a class="button small" href="${paths.signUp}">${words.join}</a>`}`
  }
  return html`<a href="${paths.settings}">${words.settings}</a>
    <form method="post" action="${paths.logOut}">
      ${csrfField(site.csrfToken)}<button class="button quiet small" type="submit">${words.logOut}</button>
    </form>`
}

const header = (site: Site): Html =>
  html`<header class="site-header">
    <div class="bar">
      <a class="brand" href="${paths.home}">${mark()}<span>${site.name}</span></a>
      <nav aria-label="${words.mainNavigation}">${account(site)}</nav>
    </div>
  </header>`

const footer = (site: Site): Html =>
  html`<footer class="site-footer">
    <div class="bar">
      <p>
        <strong>${site.name}</strong> <a href="${paths.about}">${words.about}</a>
        <a href="${paths.privacy}">${words.privacy}</a>
      </p>
      <p class="runs-on">${words.runsOn} ${wordmark()} <span>${site.version}</span></p>
    </div>
  </footer>`

/** Gives a whole HTML document: head with previews and alternate links, skip link, header, main part, footer. */
export function layout(site: Site, page: Page): string {
  return html`<!doctype html>
    <html lang="en">
      ${head(site, page)}
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        ${header(site)}
        <main id="main" class="${page.width}" tabindex="-1">${page.main}</main>
        ${footer(site)}
      </body>
    </html> `.text
}
