import { html, safeUrl, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { avatar } from '#server/pages/parts/avatar'
import { empty } from '#server/pages/parts/empty'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

type Person = { displayName: string; handle: string; url: string; avatarUrl: string | null }

/** Accounts that somebody recommends together. */
export type CollectionView = {
  id: string
  name: string
  description: string
  owner: Person
  people: Person[]
  /** Only those who were given the link are meant to read it. */
  isUnlisted: boolean
}

const person = (of: Person): Html =>
  html`<p class="person">
    ${avatar(of, 48)}
    <span
      ><a href="${safeUrl(of.url)}"><bdi>${of.displayName || of.handle}</bdi></a>
      <small class="handle" title="${of.handle}">${of.handle}</small></span
    >
  </p>`

/** Who is in a collection, and whose it is. */
export function collectionPage(site: Site, view: CollectionView): string {
  const by = words.collection.by(view.owner.displayName || view.owner.handle)
  const main = html`<h1 dir="auto">${view.name}</h1>
    <p><a href="${safeUrl(view.owner.url)}">${by}</a></p>
    ${view.description && html`<p dir="auto">${view.description}</p>`}
    ${view.people.length > 0 ? view.people.map(person) : empty(words.collection.noneTitle, words.collection.none)}`
  return layout(site, {
    title: view.name,
    description: view.description || by,
    canonical: paths.collection(view.id),
    noindex: view.isUnlisted,
    width: 'reading',
    main,
  })
}
