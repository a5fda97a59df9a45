# The shipped image: one static binary, no shell, not root.
#
#   docker build -t verbatim .
#   docker run -e DISCORD_TOKEN -v verbatim:/data verbatim
#   docker run --rm verbatim ask "Is prostate massage safe?"

FROM golang:1.26 AS build
WORKDIR /src
# Modules first: they change less often than the code, and stay in a layer.
COPY go.mod go.sum ./
RUN go mod download
COPY cmd ./cmd
COPY internal ./internal
COPY knowledge ./knowledge
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /verbatim ./cmd/verbatim && mkdir /data

# Holds CA certificates and time zones, and a user without rights.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /verbatim /verbatim
# The database and the key of askers: keep this volume.
COPY --from=build --chown=nonroot:nonroot /data /data
VOLUME /data
ENV VERBATIM_DATABASE=sqlite:/data/verbatim.db
ENTRYPOINT ["/verbatim"]
CMD ["serve"]
