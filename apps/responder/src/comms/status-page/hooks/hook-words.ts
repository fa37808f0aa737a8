import type { PageLanguage } from '@tocsin/contract';

/** What a message in Slack says around the update. */
export interface HookWords {
  readonly confirm: (page: string) => string;
  readonly confirmLink: string;
  readonly more: string;
  readonly leave: string;
  readonly repeat: string;
}

/** By language. */
export const hookWords: Readonly<Record<PageLanguage, HookWords>> = {
  en: {
    confirm: (page) =>
      `Somebody wants updates of the status page "${page}" in this channel. Without a yes nothing more comes.`,
    confirmLink: 'Yes, post them here',
    more: 'More',
    leave: 'No more messages',
    repeat: '(may be a repeat)',
  },
  de: {
    confirm: (page) =>
      `Jemand möchte Meldungen der Statusseite „${page}“ in diesem Kanal. Ohne ein Ja kommt nichts weiter.`,
    confirmLink: 'Ja, hier melden',
    more: 'Mehr',
    leave: 'Keine Nachrichten mehr',
    repeat: '(vielleicht eine Wiederholung)',
  },
  fr: {
    confirm: (page) =>
      `Quelqu’un souhaite recevoir dans ce canal les informations de la page d’état « ${page} ». Sans votre accord, rien d’autre ne sera envoyé.`,
    confirmLink: 'Oui, les publier ici',
    more: 'Plus d’informations',
    leave: 'Ne plus recevoir de messages',
    repeat: '(peut-être une répétition)',
  },
  es: {
    confirm: (page) =>
      `Alguien quiere recibir en este canal los avisos de la página de estado «${page}». Sin su confirmación no llegará nada más.`,
    confirmLink: 'Sí, publicarlos aquí',
    more: 'Más información',
    leave: 'No más mensajes',
    repeat: '(puede ser una repetición)',
  },
};
