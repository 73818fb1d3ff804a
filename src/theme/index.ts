/** How pages look: the shell, its stylesheet and its headers; neutral by default, no script needed, nothing from outside. */
export { pageHeaders } from './page-headers.js'
export { Shell, type ShellProps } from './shell.js'
export { stylesheet } from './stylesheet.js'
