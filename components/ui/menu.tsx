import { type ComponentProps, type ReactNode, useId } from "react";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";
import { Link, type LinkProps } from "@/components/ui/link";

type Given = {
  /** What the button shows. With `icon` and `name` alone it is an icon button. */
  label?: ReactNode;
  /** The button's name for screen readers where `label` isn't enough: "Actions for case 2026-0147". */
  name?: string | undefined;
  /** Icon of an icon-only button; else a chevron stands after the label. */
  icon?: IconName | undefined;
  variant?: "go" | "stop" | "quiet" | "plain" | undefined;
  small?: boolean | undefined;
  /** Class of the button in place of .btn, e.g. bar-btn. */
  buttonAs?: string | undefined;
  /** Which edge of the button the menu keeps to. */
  align?: "start" | "end" | undefined;
  /** Where the menu opens if there's room on both sides. */
  side?: "bottom" | "top" | undefined;
  children: ReactNode;
};

/**
 * A button with a menu, by the browser's own popover: it opens without script. <MenuKeys> (in the frame) adds arrow keys, and a place
 * where the browser can't anchor. Fit for every row of a table: costs no script of its own.
 */
export function Menu({ label, name, icon, variant, small, buttonAs, align = "end", side = "bottom", children }: Given) {
  const id = useId();
  const iconOnly = icon !== undefined && label === undefined;
  return (
    <span className="anchor">
      <button
        type="button"
        className={buttonAs ?? buttonClass({ variant, small }, iconOnly ? "btn-icon" : undefined)}
        id={`${id}-button`}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={name}
      >
        {label}
        {iconOnly ? <Icon name={icon} /> : !buttonAs && <Icon name="chevron-down" />}
      </button>
      <div
        popover="auto"
        role="menu"
        id={id}
        className={`menu menu-${side} menu-${align}`}
        aria-labelledby={`${id}-button`}
      >
        {children}
      </div>
    </span>
  );
}

type Item = {
  icon?: IconName | undefined;
  /** A second line: what it does. */
  hint?: ReactNode;
  /** A figure at the end of the line. */
  count?: ReactNode;
  children: ReactNode;
};

function content({ icon, hint, count, children }: Item) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <b>{children}</b>
      {count !== undefined && <span className="k">{count}</span>}
      {hint && <small>{hint}</small>}
    </>
  );
}

export function MenuLink({ icon, hint, count, children, ...rest }: Item & LinkProps) {
  return (
    <Link role="menuitem" {...rest}>
      {content({ icon, hint, count, children })}
    </Link>
  );
}

/** A file: a plain link, which the browser downloads. */
export function MenuDownload({ icon, hint, count, children, ...rest }: Item & ComponentProps<"a">) {
  return (
    <a role="menuitem" download {...rest}>
      {content({ icon, hint, count, children })}
    </a>
  );
}

/** Sends a form: one that it stands in, or by `form="id"` (a table's bulk form can't have another form inside). */
export function MenuButton({ icon, hint, count, children, type = "submit", ...rest }: Item & ComponentProps<"button">) {
  return (
    <button role="menuitem" type={type} {...rest}>
      {content({ icon, hint, count, children })}
    </button>
  );
}

export function MenuSeparator() {
  return <hr />;
}
