import type { Child, FC } from 'hono/jsx'

export interface NoticeProps {
  readonly kind: 'error' | 'success' | 'information' | 'warning'
  /** The kind in words, since colour alone says nothing (WCAG 2.2, 1.4.1). */
  readonly title: string
  readonly id?: string
  readonly children?: Child
}

/** Something to know before going on; an error is announced at once by screen readers. */
export const Notice: FC<NoticeProps> = ({ kind, title, id, children }) => (
  <div class={`notice ${kind}`} id={id} role={kind === 'error' ? 'alert' : kind === 'success' ? 'status' : undefined}>
    <p class="notice-title">{title}</p>
    {children}
  </div>
)
