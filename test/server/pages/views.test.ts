import { load, type CheerioAPI } from 'cheerio'
import { words } from '#server/pages/words'
import { hostile, samplePages } from '#test/support/page-samples'

const pages = Object.entries(samplePages('plain words'))
const attacked = Object.entries(samplePages(hostile))

const each = ($: CheerioAPI, selector: string) =>
  $(selector)
    .toArray()
    .map((one) => $(one))

test.each(attacked)('%s: hostile text stays text', (_name, page) => {
  const $ = load(page)
  expect($('[onerror], img[src="x"]').length).toBe(0)
  expect(each($, 'script').map((script) => script.attr('src'))).toEqual([
    expect.stringMatching(/^\/assets\/enhance\..+\.js$/),
  ])
})

test.each(pages)(
  '%s: has no inline handlers, styles or scripts, as the content policy demands',
  (_name, page) => {
    const $ = load(page)
    const attributes = $('*')
      .toArray()
      .flatMap((one) => ('attribs' in one ? Object.keys(one.attribs) : []))
    expect(attributes.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([])
    expect($('style').length + $('script:not([src])').length).toBe(0)
  },
)

test.each(pages)('%s: every field has a label', (_name, page) => {
  const $ = load(page)
  const unlabelled = each($, 'input:not([type=hidden]), textarea, select').filter(
    (field) => $(`label[for="${field.attr('id')}"]`).length === 0 && field.closest('label').length === 0,
  )
  expect(unlabelled.map((field) => field.attr('name'))).toEqual([])
})

test.each(pages)('%s: every id is used once and every reference leads to one', (_name, page) => {
  const $ = load(page)
  const ids = each($, '[id]').map((one) => one.attr('id'))
  expect(ids).toEqual([...new Set(ids)])
  const names = ['for', 'aria-describedby', 'aria-labelledby', 'data-copy', 'data-reveal']
  const wanted = names.flatMap((name) => each($, `[${name}]`).flatMap((one) => one.attr(name)!.split(' ')))
  const jumps = each($, 'a[href^="#"]').map((one) => one.attr('href')!.slice(1))
  expect([...wanted, ...jumps].filter((id) => !ids.includes(id))).toEqual([])
})

test.each(pages)(
  '%s: names its language and has one main part, one first heading and a way past the menu',
  (_name, page) => {
    const $ = load(page)
    expect([$('html').attr('lang'), $('main').length, $('h1').length]).toEqual(['en', 1, 1])
    expect($('body > a').first().attr('href')).toBe('#main')
    expect($('title').text()).not.toBe('')
  },
)

test.each(pages)('%s: every picture, button and link says what it is', (_name, page) => {
  const $ = load(page)
  expect($('img:not([alt])').length).toBe(0)
  expect(each($, 'svg').filter((one) => !one.attr('aria-hidden') && !one.attr('aria-label')).length).toBe(0)
  const silent = each($, 'a, button, summary').filter(
    (one) => !one.text().trim() && !one.attr('aria-label') && !one.find('img[alt]').length,
  )
  expect(silent.length).toBe(0)
})

test.each(pages)('%s: forms carry the proof of their session here, and never elsewhere', (_name, page) => {
  const $ = load(page)
  for (const form of each($, 'form[method=post]')) {
    const stays = form.attr('action')!.startsWith('/')
    expect(form.find('input[name=_csrf]').attr('value')).toBe(stays ? 'a-token' : undefined)
  }
})

test.each(pages)('%s: every field that people fill in says what browsers may fill in', (_name, page) => {
  const $ = load(page)
  const fields = each($, 'input:not([type=hidden]):not([type=checkbox]), textarea')
  expect(fields.filter((field) => !field.attr('autocomplete')).map((field) => field.attr('name'))).toEqual([])
})

test('a refused form keeps what was typed except passwords, and says at each field what is wrong', () => {
  const $ = load(samplePages('plain words')['sign up']!)
  expect($('#username').attr('value')).toBe('plain words')
  expect($('#reason').val()).toBe('plain words')
  expect($('#password').attr('value')).toBeUndefined()
  expect($('title').text()).toMatch(/^Error: /)
  expect($('#username').attr('aria-invalid')).toBe('true')
  const described = $('#username').attr('aria-describedby')!.split(' ')
  expect(described.map((id) => $(`#${id}`).text())).toEqual([words.signUpPage.usernameHint, 'plain words'])
})

test('a page of a post names its ActivityPub document and asks search engines to stay away when its author does', () => {
  const $ = load(samplePages('plain words').post!)
  expect($('link[rel=alternate][type="application/activity+json"]').attr('href')).toBe(
    'https://harbour.example/ap/posts/1',
  )
  expect($('meta[name=robots]').attr('content')).toContain('noindex')
  expect($('meta[property="og:description"]').attr('content')).toBe('plain words')
})

test('a profile names its feed and its ActivityPub document', () => {
  const $ = load(samplePages('plain words').profile!)
  const links = each($, 'link[rel=alternate]').map((one) => [one.attr('type'), one.attr('href')])
  expect(links).toEqual([
    ['application/activity+json', 'https://harbour.example/ap/users/1'],
    ['application/rss+xml', 'https://harbour.example/@bea.rss'],
  ])
})

test('only fields that must be filled in are required, and none takes the focus that did not ask for it', () => {
  const $ = load(samplePages('plain words')['log in']!)
  expect(each($, '[required]').map((field) => field.attr('name'))).toEqual(['identifier', 'password'])
  expect($('[autofocus]').length).toBe(0)
})
