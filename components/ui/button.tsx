import type { ComponentProps } from "react";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";
import { Link, type LinkProps } from "@/components/ui/link";

/** go: the one filled button of a view. stop: takes something away. quiet: beside the point. */
type Look = {
  variant?: "go" | "stop" | "quiet" | "plain" | undefined;
  /** 32 px instead of 40, for rows and heads. */
  small?: boolean | undefined;
  /** As wide as what it stands in. */
  wide?: boolean | undefined;
  /** Stands before the words. */
  icon?: IconName | undefined;
  /** Stands after the words, e.g. chevron-down for a menu. */
  iconAfter?: IconName | undefined;
};

export type ButtonProps = ComponentProps<"button"> & Look;
export type LinkButtonProps = LinkProps & Look;

export function buttonClass({ variant, small, wide }: Look, more?: string): string {
  return ["btn", variant && variant !== "plain" && `btn-${variant}`, small && "btn-s", wide && "btn-wide", more]
    .filter(Boolean)
    .join(" ");
}

export function Button({
  variant,
  small,
  wide,
  icon,
  iconAfter,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={buttonClass({ variant, small, wide }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {iconAfter && <Icon name={iconAfter} />}
    </button>
  );
}

export function LinkButton({ variant, small, wide, icon, iconAfter, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link className={buttonClass({ variant, small, wide }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {iconAfter && <Icon name={iconAfter} />}
    </Link>
  );
}
