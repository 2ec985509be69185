import type { Texts } from './texts.en.ts'

/** "31 Tagen" for "31 Tage". */
function inDays(days: string): string {
  return days.replace(/Tage$/, 'Tagen')
}

/** Every text of the portal in German. */
export const DE: Texts = {
  language: 'Deutsch',
  skip: 'Zum Inhalt springen',
  assets: 'Anlagen',
  mainNavigation: 'Hauptnavigation',
  languages: 'Sprache',
  error: 'Fehler',
  documents: { docs: 'API-Referenz', openapi: 'OpenAPI', problems: 'Fehlercodes' },
  footer: 'Ein Beispielportal: ein Client der HTTP-API wie jeder andere, auf dem Server gerendert, ohne Skripte.',

  clock: 'Demo-Uhr',
  clockMoved: (days) => `verstellt um ${days}`,
  clockBack: 'Zurück zu heute',
  clockAdd: (days) => `+${days}`,

  status: { none: 'Keine Lizenz', active: 'Aktiv', expiring: 'Läuft ab', grace: 'Übergangsfrist', expired: 'Abgelaufen' },
  kind: { standard: 'Standard', trial: 'Testphase', grace: 'Übergangsfrist' },
  lastDayOf: { expiring: 'Läuft heute ab', grace: 'Frist endet heute', active: 'Endet heute' },

  devices: (count, plural) => (plural === 'one' ? `${count} Gerät` : `${count} Geräte`),
  filtered: (shown, total) => `${shown} von ${total} Geräten`,
  showAll: 'Alle zeigen',
  nextPage: 'Nächste Seite',
  noDevices: 'Diesen Status hat gerade kein Gerät.',
  warnings: 'Warnungen',
  byStatus: 'Geräte nach Status',
  warning: {
    expired: (count, plural) =>
      [plural === 'one' ? `${count} Lizenz ist abgelaufen.` : `${count} Lizenzen sind abgelaufen.`, 'Dashboard, Verlauf und Funktionen sind gesperrt.'],
    expiring: (count, days, plural) =>
      [plural === 'one' ? `${count} Lizenz läuft in höchstens ${inDays(days)} ab.` : `${count} Lizenzen laufen in höchstens ${inDays(days)} ab.`, ''],
  },
  first: (name, days) => (days === null ? `Als erste: ${name}, heute.` : `Als erste: ${name}, in ${inDays(days)}.`),
  contactSupport: 'Support kontaktieren',
  show: (count, plural) => (plural === 'one' ? `${count} Gerät zeigen` : `${count} Geräte zeigen`),
  column: {
    name: 'Gerät', serial: 'Seriennummer', site: 'Standort', license: 'Lizenz', type: 'Art', until: 'Gültig bis', action: 'Aktion',
  },
  endOfDay: 'Tagesende',
  sortBy: (column) => `Nach ${column} sortieren`,
  renew: 'Verlängern',
  activate: 'Aktivieren',

  facts: { status: 'Status', expiration: 'Ablauf', remaining: 'Verbleibende Tage', type: 'Art' },
  until: (day) => `${day}, Tagesende`,
  cityTime: (city) => `Ortszeit ${city}`,
  hoursLeft: (time) => `noch ${time}`,
  notActivated: 'Noch nie aktiviert',
  today: 'Heute',

  history: 'Verlauf',
  noHistory: 'Noch nichts. Der Verlauf beginnt mit dem ersten Gutschein.',
  entry: {
    voucher: (last4) => `Gutschein ····${last4}`,
    import: { standard: 'Standardlizenz, übernommen', trial: 'Testphase, übernommen', grace: 'Übergangsfrist, übernommen' },
    trial: () => 'Testphase begonnen',
    grace: () => 'Übergangsfrist begonnen',
  },
  added: (days) => `+${days}`,
  byYou: 'Sie',
  undone: 'Zurückgenommen',
  opens: 'Was diese Lizenz freischaltet',
  open: 'frei',
  closed: 'gesperrt',
  feature: {
    listing: 'Geräteliste', dashboard: 'Dashboard', history: 'Verlauf', functions: 'Funktionen', automation: 'Automatisierung',
    integrations: 'Integrationen', 'site-analytics': 'Standortanalyse', reports: 'Berichte',
  },

  contact: 'Kontakt',
  contacts: { sales: 'Vertrieb', support: 'Support' },
  mailSubject: (name, serial) => `Lizenz von ${name} (${serial})`,
  mailSubjectExpired: (count) => `Abgelaufene Lizenzen: ${count}`,

  redeemTitle: { activate: 'Lizenz aktivieren', renew: 'Lizenz verlängern' },
  code: 'Gutscheincode',
  codeHint: 'Groß- und Kleinbuchstaben zählen; Leerzeichen und Bindestriche nicht. Fünf Codes stehen im Terminal, in dem diese Demo läuft.',
  preview: 'Vorschau',
  useOther: 'Anderen Code verwenden',
  previewTitle: 'Das bewirkt der Gutschein',
  adds: 'Zusätzlich',
  kept: 'Bleibt von der heutigen Lizenz',
  newEnd: 'Neuer Ablauf',
  gains: 'Schaltet frei',
  activateUntil: (day) => `Bis ${day} aktivieren`,
  renewUntil: (day) => `Bis ${day} verlängern`,
  readOnly: 'Mit Ihrer Rolle können Sie lesen, aber nichts einlösen. Fragen Sie ein Mitglied oder die Administration des Arbeitsbereichs.',

  undo: 'Letzte Einlösung zurücknehmen',
  undoDetail: (last4, until) =>
    `Nimmt Gutschein ····${last4} zurück: Die Lizenz wird wieder, wie sie vorher war, und der Gutschein kann erneut verwendet werden. Möglich bis ${until}, Tagesende.`,
  undoButton: (last4) => `Gutschein ····${last4} zurücknehmen`,

  done: {
    activated: (until, days) => ['Die Lizenz ist aktiv.', `Der Gutschein bringt ${days}; gültig bis ${until}, Tagesende.`],
    renewed: (until, days) => ['Die Lizenz ist verlängert.', `Der Gutschein bringt ${days}; gültig bis ${until}, Tagesende.`],
    'already-redeemed': (since) => ['Dieser Gutschein gilt schon für dieses Gerät.', `Er wurde am ${since} eingelöst. Nichts wurde geändert.`],
    undone: (last4) => [`Gutschein ····${last4} wurde zurückgenommen.`, 'Die Lizenz ist wieder, wie sie vorher war; der Gutschein kann erneut verwendet werden.'],
  },

  malformed: {
    empty: ['Geben Sie einen Gutscheincode ein.', 'Er hat Buchstaben und Ziffern, meist fünf Vierergruppen.'],
    length: ['Das ist kein vollständiger Gutscheincode.', 'Ein Code hat 10 bis 64 Buchstaben und Ziffern. Es wurde nichts verbraucht.'],
    signs: ['Dieser Code enthält Zeichen, die es in keinem Code gibt.', 'Ein Code hat nur die Buchstaben A bis Z und Ziffern. Es wurde nichts verbraucht.'],
    'lower-case': ['Verwenden Sie Großbuchstaben.', 'Sonst stimmt der Code. Es wurde nichts verbraucht.'],
    check: ['Dieser Code enthält einen Tippfehler.', 'Vergleichen Sie ihn Zeichen für Zeichen; vielleicht sind zwei vertauscht. Es wurde nichts verbraucht.'],
  },
  refused: {
    'voucher-not-found': ['Diesen Gutschein gibt es nicht.', 'Prüfen Sie den Code Zeichen für Zeichen, oder fragen Sie den Vertrieb.'],
    'voucher-not-yet-valid': ['Dieser Gutschein kann noch nicht eingelöst werden.', ''],
    'voucher-expired': ['Dieser Gutschein ist zu alt, um eingelöst zu werden.', 'Bitten Sie den Vertrieb um einen neuen.'],
    'voucher-wrong-model': ['Dieser Gutschein gilt für ein anderes Modell.', 'Lösen Sie ihn für ein Gerät seines Modells ein, oder fragen Sie den Vertrieb.'],
    'voucher-used': ['Dieser Gutschein ist verbraucht.', 'Er gilt schon für so viele Geräte, wie er darf. Bitten Sie den Vertrieb um einen anderen.'],
  },
  paused: (time) => ['Das Einlösen ist unterbrochen.', `Zu viele Codes wurden abgelehnt. Versuchen Sie es nach ${time} wieder.`],
  validFrom: (time) => `Er gilt ab ${time}.`,
  triesLeft: (count, plural) => (plural === 'one' ? `Noch ${count} Versuch.` : `Noch ${count} Versuche.`),
  roleRequired: ['Mit Ihrer Rolle geht das nicht.', 'Fragen Sie die Administration des Arbeitsbereichs.'],
  undoRefused: {
    'no-grant': ['Es gibt nichts zurückzunehmen.', 'Das Gerät hat keine Lizenz.'],
    'not-a-voucher': ['Das lässt sich nicht zurücknehmen.', 'Die Lizenz stammt nicht aus einem Gutschein.'],
    'too-late': ['Es ist zu spät, um das zurückzunehmen.', 'Fragen Sie den Support.'],
    'undone-too-often': ['Dieser Gutschein kann nicht noch einmal zurückgenommen werden.', 'Fragen Sie den Support.'],
    possible: ['Das wurde nicht zurückgenommen.', 'Versuchen Sie es gleich noch einmal.'],
  },
  failed: ['Das hat nicht geklappt.', 'Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.'],
  notFound: ['Diese Seite gibt es nicht.', 'Vielleicht wurde das Gerät entfernt, oder die Adresse enthält einen Fehler.'],
  outdated: ['Diese Liste ist veraltet.', 'Beginnen Sie wieder bei allen Geräten.'],
  forbidden: ['Diese Anfrage kam von einer fremden Seite.', 'Es wurde nichts geändert. Öffnen Sie das Portal und versuchen Sie es dort.'],
  back: 'Zurück zu allen Geräten',
}
