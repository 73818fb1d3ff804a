import type { Text } from '#base'
import type { Platform, Realm } from '#contract'

/** What a realm is called before those who sign in there. */
export const realmTitle = (platform: Platform, realm: Realm): Text => realm.signIn?.title ?? platform.title
