import type { Request, Response } from 'express'

type Words = Readonly<Record<string, string>>

// What clients match on (the texts of 401, 403 and 404) is the same in all languages; these are read by people alone.
const translations: Readonly<Record<string, Words>> = {
  de: {
    'Too many requests': 'Zu viele Anfragen',
    'Validation failed': 'Prüfung fehlgeschlagen',
    "can't be blank": 'darf nicht leer sein',
    'is invalid': 'ist ungültig',
    'is not a number': 'ist keine Zahl',
    'is not included in the list': 'ist keiner der möglichen Werte',
    'has already been taken': 'ist schon vergeben',
    'The request could not be read': 'Die Anfrage konnte nicht gelesen werden',
    'The request is too large': 'Die Anfrage ist zu groß',
    'This has been deleted': 'Das wurde gelöscht',
    'This server cannot do that at the moment; please try again soon':
      'Dieser Server kann das im Augenblick nicht; bitte bald noch einmal versuchen',
    'Something went wrong on our side': 'Bei uns ist etwas schiefgegangen',
  },
  fr: {
    'Too many requests': 'Trop de requêtes',
    'Validation failed': 'La validation a échoué',
    "can't be blank": 'doit être rempli',
    'is invalid': 'n’est pas valide',
    'is not a number': 'n’est pas un nombre',
    'is not included in the list': 'n’est pas inclus dans la liste',
    'has already been taken': 'est déjà utilisé',
    'The request could not be read': 'La requête n’a pas pu être lue',
    'The request is too large': 'La requête est trop grande',
    'This has been deleted': 'Ceci a été supprimé',
    'This server cannot do that at the moment; please try again soon':
      'Ce serveur ne peut pas le faire pour le moment ; veuillez réessayer bientôt',
    'Something went wrong on our side': 'Une erreur est survenue de notre côté',
  },
  es: {
    'Too many requests': 'Demasiadas solicitudes',
    'Validation failed': 'La validación falló',
    "can't be blank": 'no puede estar en blanco',
    'is invalid': 'no es válido',
    'is not a number': 'no es un número',
    'is not included in the list': 'no está incluido en la lista',
    'has already been taken': 'ya está en uso',
    'The request could not be read': 'No se pudo leer la solicitud',
    'The request is too large': 'La solicitud es demasiado grande',
    'This has been deleted': 'Esto ha sido eliminado',
    'This server cannot do that at the moment; please try again soon':
      'Este servidor no puede hacerlo en este momento; inténtalo de nuevo pronto',
    'Something went wrong on our side': 'Algo salió mal por nuestra parte',
  },
}

/** The languages that errors are told in; the first is the one they are written in. */
export const errorLanguages: readonly string[] = ['en', ...Object.keys(translations)]

/**
 * The language of the caller: the one the request names by `lang`, else that of the member, else the first in
 * Accept-Language that is known here (HTTP-21).
 */
export function languageOf(req: Request, res: Response): string {
  const asked = String(res.locals.lang ?? '').split('-')[0] ?? ''
  if (errorLanguages.includes(asked)) return asked
  const own = String(res.locals.locale ?? '').split('-')[0]
  if (own) return own
  return req.acceptsLanguages([...errorLanguages]) || 'en'
}

/** An error in a language, as far as it is translated: the whole sentence, else its beginning and its end. */
export function inLanguage(text: string, language: string): string {
  const words = translations[language]
  if (!words) return text
  const whole = words[text]
  if (whole) return whole
  const [, detail] = /^Validation failed: (.+)$/.exec(text) ?? []
  if (detail === undefined) return text
  const end = Object.keys(words).find((each) => detail.endsWith(` ${each}`))
  const told = end ? `${detail.slice(0, -end.length)}${words[end]}` : detail
  return `${words['Validation failed']}: ${told}`
}
