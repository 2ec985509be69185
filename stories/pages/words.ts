/** What the sample pages say themselves, which in a host's portal are the host's own words. */
const EN = {
  assets: 'Assets', device: 'Device', site: 'Site', license: 'License', serial: 'Serial number', model: 'Model',
  dashboard: 'Dashboard', flow: 'Flow temperature', power: 'Power', runtime: 'Hours of operation',
  rest: 'The rest of your page stands here.',
  book: 'Voucher book', bookIntro: 'Sample codes, which the server of this page has issued. Copy one, press “Renew” or “Activate” beside it, and paste it.',
  code: 'Voucher code', does: 'What it does', copy: 'Copy', copied: 'Copied', selected: 'Selected; copy it with Ctrl + C', copyOf: 'Copy the code: {what}', clock: 'Clock', now: 'It is {date}.',
  today: 'Today', before: '31 days before the end', last: 'Last day', expired: 'Day after the end',
  year: '365 days, on any device.', month: '30 days, on any device.', model450: 'Refused: it is for the model VU-450 alone.',
  used: 'Refused: it was redeemed on another device.', revoked: 'Refused: its seller has revoked it.', tooOld: 'Refused: it had to be redeemed until three days ago.',
}

/** Keys of what the sample pages say. */
export type Word = keyof typeof EN

const DE: Readonly<Record<Word, string>> = {
  assets: 'Anlagen', device: 'Gerät', site: 'Standort', license: 'Lizenz', serial: 'Seriennummer', model: 'Modell',
  dashboard: 'Dashboard', flow: 'Vorlauftemperatur', power: 'Leistung', runtime: 'Betriebsstunden',
  rest: 'Hier steht der Rest Ihrer Seite.',
  book: 'Gutscheinheft', bookIntro: 'Beispielcodes, die der Server dieser Seite ausgegeben hat. Kopieren Sie einen, drücken Sie daneben „Verlängern“ oder „Aktivieren“ und fügen Sie ihn ein.',
  code: 'Gutscheincode', does: 'Was er bewirkt', copy: 'Kopieren', copied: 'Kopiert', selected: 'Markiert; mit Strg + C kopieren', copyOf: 'Code kopieren: {what}', clock: 'Uhr', now: 'Es ist {date}.',
  today: 'Heute', before: '31 Tage vor dem Ende', last: 'Letzter Tag', expired: 'Tag nach dem Ende',
  year: '365 Tage, auf jedem Gerät.', month: '30 Tage, auf jedem Gerät.', model450: 'Abgelehnt: Er gilt nur für das Modell VU-450.',
  used: 'Abgelehnt: Er wurde auf einem anderen Gerät eingelöst.', revoked: 'Abgelehnt: Sein Verkäufer hat ihn widerrufen.',
  tooOld: 'Abgelehnt: Er war bis vor drei Tagen einzulösen.',
}

const FR: Readonly<Record<Word, string>> = {
  assets: 'Équipements', device: 'Appareil', site: 'Site', license: 'Licence', serial: 'Numéro de série', model: 'Modèle',
  dashboard: 'Tableau de bord', flow: 'Température de départ', power: 'Puissance', runtime: 'Heures de fonctionnement',
  rest: 'Ici se trouve le reste de votre page.',
  book: 'Carnet de codes', bookIntro: 'Exemples de codes, émis par le serveur de cette page. Copiez-en un, appuyez à côté sur « Renouveler » ou « Activer », puis collez-le.',
  code: 'Code d’activation', does: 'Ce qu’il fait', copy: 'Copier', copied: 'Copié', selected: 'Sélectionné ; copiez-le avec Ctrl + C', copyOf: 'Copier le code : {what}', clock: 'Horloge', now: 'Nous sommes le {date}.',
  today: 'Aujourd’hui', before: '31 jours avant la fin', last: 'Dernier jour', expired: 'Lendemain de la fin',
  year: '365 jours, sur n’importe quel appareil.', month: '30 jours, sur n’importe quel appareil.', model450: 'Refusé : il ne vaut que pour le modèle VU-450.',
  used: 'Refusé : il a été utilisé sur un autre appareil.', revoked: 'Refusé : son vendeur l’a révoqué.', tooOld: 'Refusé : il fallait l’utiliser il y a trois jours au plus tard.',
}

const ES: Readonly<Record<Word, string>> = {
  assets: 'Equipos', device: 'Dispositivo', site: 'Emplazamiento', license: 'Licencia', serial: 'Número de serie', model: 'Modelo',
  dashboard: 'Panel', flow: 'Temperatura de impulsión', power: 'Potencia', runtime: 'Horas de funcionamiento',
  rest: 'Aquí está el resto de su página.',
  book: 'Talonario de códigos', bookIntro: 'Códigos de ejemplo, emitidos por el servidor de esta página. Copie uno, pulse al lado «Renovar» o «Activar» y péguelo.',
  code: 'Código de activación', does: 'Qué hace', copy: 'Copiar', copied: 'Copiado', selected: 'Seleccionado; cópielo con Ctrl + C', copyOf: 'Copiar el código: {what}', clock: 'Reloj', now: 'Es {date}.',
  today: 'Hoy', before: '31 días antes del final', last: 'Último día', expired: 'Día después del final',
  year: '365 días, en cualquier dispositivo.', month: '30 días, en cualquier dispositivo.', model450: 'Rechazado: solo vale para el modelo VU-450.',
  used: 'Rechazado: se canjeó en otro dispositivo.', revoked: 'Rechazado: su vendedor lo ha revocado.', tooOld: 'Rechazado: había que canjearlo hace tres días como máximo.',
}

const IT: Readonly<Record<Word, string>> = {
  assets: 'Impianti', device: 'Dispositivo', site: 'Sede', license: 'Licenza', serial: 'Numero di serie', model: 'Modello',
  dashboard: 'Pannello', flow: 'Temperatura di mandata', power: 'Potenza', runtime: 'Ore di funzionamento',
  rest: 'Qui si trova il resto della Sua pagina.',
  book: 'Blocchetto di codici', bookIntro: 'Codici di esempio, emessi dal server di questa pagina. Ne copi uno, prema accanto «Rinnova» o «Attiva» e lo incolli.',
  code: 'Codice di attivazione', does: 'Che cosa fa', copy: 'Copia', copied: 'Copiato', selected: 'Selezionato; lo copi con Ctrl + C', copyOf: 'Copia il codice: {what}', clock: 'Orologio', now: 'Oggi è {date}.',
  today: 'Oggi', before: '31 giorni prima della fine', last: 'Ultimo giorno', expired: 'Giorno dopo la fine',
  year: '365 giorni, su qualsiasi dispositivo.', month: '30 giorni, su qualsiasi dispositivo.', model450: 'Rifiutato: vale solo per il modello VU-450.',
  used: 'Rifiutato: è stato utilizzato su un altro dispositivo.', revoked: 'Rifiutato: il venditore lo ha revocato.', tooOld: 'Rifiutato: andava utilizzato al più tardi tre giorni fa.',
}

const WORDS: Readonly<Record<string, Readonly<Record<Word, string>>>> = { en: EN, de: DE, fr: FR, es: ES, it: IT }

/** Says something in the language of the page, or else in English. */
export function word(key: Word): string {
  return (WORDS[document.documentElement.lang.slice(0, 2)] ?? EN)[key]
}

/** A number in the language of the page. */
export function numberWords(value: number): string {
  return value.toLocaleString(localeOf())
}

/** A date in the language of the page. */
export function dateWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(), { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at)
}

/** How dates and numbers are written: where nothing else is said, "en" as in Britain, as in the elements. */
function localeOf(): string {
  const { lang } = document.documentElement
  return lang === 'en' ? 'en-GB' : lang
}
