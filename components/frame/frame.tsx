import type { ReactNode } from "react";
import { Mark } from "@/components/frame/brand";
import { PageStart } from "@/components/frame/page-start";
import { SignOut } from "@/components/frame/sign-out";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { MenuKeys } from "@/components/ui/menu-keys";

export type Tab = {
  key: string;
  label: string;
  href: string /** How much waits for you there. */;
  count?: number | undefined;
};

export type FrameProps = {
  tabs: readonly Tab[];
  /** The key of the current tab. */
  current: string | null;
  district: { name: string; href: string };
  /** The user's other districts. With none the name is no menu. */
  otherDistricts?: readonly { name: string; state?: string | undefined; href: string }[];
  user: { name: string; initials: string };
  /** Links of the account menu, above Sign out. */
  account?: readonly { label: string; href: string }[];
  signOut: (form: FormData) => void | Promise<void>;
  helpHref: string;
  /** Admin's side list: the page stands beside it. */
  side?: ReactNode;
  /** 912 px instead of 1344. */
  narrow?: boolean | undefined;
  children: ReactNode;
};

function Waiting({ count }: { count: number | undefined }) {
  if (!count) return null;
  return (
    <span className="n">
      {count}
      <span className="sr"> waiting for you</span>
    </span>
  );
}

/** What stands around every page of a district: skip link, bar with tabs, district and account menus, and <main>. */
export function Frame({
  tabs,
  current,
  district,
  otherDistricts = [],
  user,
  account = [],
  signOut,
  helpHref,
  side,
  narrow,
  children,
}: FrameProps) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <header className="bar">
        <div className="wrap bar-in">
          <Link className="brand" href={district.href}>
            <Mark />
            Baton
          </Link>
          <nav className="tabs" aria-label="Main">
            {tabs.map(({ key, label, href, count }) => (
              <Link key={key} href={href} aria-current={key === current ? "page" : undefined}>
                {label} <Waiting count={count} />
              </Link>
            ))}
          </nav>
          <div className="bar-end">
            {otherDistricts.length === 0 ? (
              <p className="bar-btn bar-district">
                <Icon name="building-2" />
                <span>{district.name}</span>
              </p>
            ) : (
              <Menu
                buttonAs="bar-btn bar-district"
                label={
                  <>
                    <Icon name="building-2" />
                    <span>{district.name}</span>
                    <Icon name="chevron-down" />
                  </>
                }
              >
                <MenuLink href={district.href} icon="check" aria-current="true">
                  {district.name}
                </MenuLink>
                {otherDistricts.map(({ name, state, href }) => (
                  <MenuLink key={href} href={href} icon="building-2" hint={state}>
                    {name}
                  </MenuLink>
                ))}
              </Menu>
            )}
            <Link className="bar-btn bar-help" href={helpHref}>
              <Icon name="circle-help" />
              <span>Help</span>
            </Link>
            <Menu
              buttonAs="bar-btn bar-user"
              label={
                <>
                  <span className="who" aria-hidden="true">
                    {user.initials}
                  </span>
                  <span className="sr">{user.name}, your account</span>
                </>
              }
            >
              <p className="menu-h" role="presentation">
                {user.name}
              </p>
              {account.map(({ label, href }) => (
                <MenuLink key={href} href={href} icon="user">
                  {label}
                </MenuLink>
              ))}
              {account.length > 0 && <MenuSeparator />}
              <SignOut action={signOut}>
                <MenuButton icon="log-out">Sign out</MenuButton>
              </SignOut>
            </Menu>
          </div>
        </div>
      </header>
      {side ? (
        <div className="wrap admin">
          {side}
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      ) : (
        <main id="main" className={narrow ? "wrap narrow" : "wrap"} tabIndex={-1}>
          {children}
        </main>
      )}
      <MenuKeys />
      <PageStart district={otherDistricts.length > 0 ? district.name : null} />
    </>
  );
}
