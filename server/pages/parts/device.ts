import type { IconName } from '#server/pages/parts/icons'
import { words } from '#server/pages/words'

const browsers: [RegExp, string][] = [
  [/EdgA?\/|EdgiOS/, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Vivaldi/, 'Vivaldi'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
]

const firstOf = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1]

/** Guesses browser and system from a User-Agent header, for people to know their own devices by; never for decisions. */
export function describeDevice(userAgent: string): { name: string; icon: IconName } {
  const browser = firstOf(browsers, userAgent)
  const system = firstOf(systems, userAgent)
  const name =
    browser && system ? words.sessions.device(browser, system) : (browser ?? system ?? words.sessions.unknown)
  return { name, icon: /iPhone|Android/.test(userAgent) ? 'phone' : 'desktop' }
}
