import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "touchstone-verify";

function Downloads() {
  const widget = useRef(null);
  const [title, setTitle] = useState("");
  useEffect(() => {
    const element = widget.current;
    const hear = ({ detail }) => setTitle(detail.verdict.title);
    element.addEventListener("touchstone-report", hear);
    return () => element.removeEventListener("touchstone-report", hear);
  }, []);
  return (
    <>
      <h1>Downloads</h1>
      <touchstone-verify
        ref={widget}
        artifact="package.conda"
        bundle="./package.conda.sigstore.json"
        signer="https://github.com/prefix-dev/sigstore-example/.github/workflows/action.yaml@refs/heads/main"
        issuer="https://token.actions.githubusercontent.com"
      >
        <a href="./package.conda.sigstore.json">Signature of package.conda</a>
      </touchstone-verify>
      <output>{title}</output>
    </>
  );
}

createRoot(document.getElementById("root")).render(<Downloads />);
