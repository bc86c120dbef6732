import { Link } from "@/components/ui/link";

export type DemoSignInsProps = {
  password: string;
  districts: readonly { name: string; domain: string }[];
  roles: readonly { local: string; what: string }[];
  /** Where signing in leads to. */
  to: string;
};

/** The demo's sign-ins: a link fills in the form. */
export function DemoSignIns({ password, districts, roles, to }: DemoSignInsProps) {
  const href = (email: string) => `/sign-in?${new URLSearchParams({ as: email, ...(to === "/" ? {} : { to }) })}`;
  return (
    <section className="well demo-in" aria-labelledby="demo-in">
      <h2 className="h-s" id="demo-in">
        This is a demo
      </h2>
      <p className="small">
        Everybody in it is made up. Emails are like {roles[0]?.local}@{districts[0]?.domain}, the password of all is{" "}
        <b className="nowrap">{password}</b>.
      </p>
      <table>
        <caption className="sr">Sign-ins of the demo</caption>
        <thead>
          <tr>
            <td />
            {districts.map(({ name, domain }) => (
              <th key={domain} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roles.map(({ local, what }) => (
            <tr key={local}>
              <th scope="row">
                {local}
                <span className="sub">{what}</span>
              </th>
              {districts.map(({ domain }) => (
                <td key={domain}>
                  <Link className="btn btn-s" href={href(`${local}@${domain}`)} scroll={false}>
                    Use
                    <span className="sr">
                      {" "}
                      {local}@{domain}
                    </span>
                  </Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
