package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"praline/bot"
	"praline/channels"
	"praline/channels/inbound"
	"praline/channels/outbound"
)

// metrics are the figures of /metrics. They count what happens, and name nobody.
type metrics struct {
	registry *prometheus.Registry
	happened *prometheus.CounterVec
	due      prometheus.Counter
	said     *prometheus.CounterVec
	refused  *prometheus.CounterVec
	sending  *prometheus.HistogramVec
	handling *prometheus.HistogramVec
	failed   *prometheus.CounterVec
	store    prometheus.Counter
	unproven *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		happened: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "praline_events_total",
			Help: "What happened: pushes sent, or dropped by reason; answers right, wrong, poll; sessions, lessons, erasures.",
		}, []string{"what", "how"}),
		due: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "praline_pushes_due_total", Help: "Learners whose time had come and who were looked at.",
		}),
		said: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "praline_messages_total", Help: "Messages by channel and outcome: taken, retried, refused.",
		}, []string{"channel", "outcome"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "praline_refused_total", Help: "Messages that an app refused for good, by channel and reason: gone (blocked, left, unknown), invalid. They are not said again.",
		}, []string{"channel", "reason"}),
		sending: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "praline_send_seconds", Help: "Time that an app took to accept a message.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 16),
		}, []string{"channel"}),
		handling: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "praline_handle_seconds", Help: "Time from an event to its committed answer.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 2, 16),
		}, []string{"channel"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "praline_failures_total", Help: "Events that could not be stored, by channel.",
		}, []string{"channel"}),
		store: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "praline_store_errors_total", Help: "Reads and writes that the store did not answer.",
		}),
		unproven: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "praline_requests_refused_total", Help: "Requests to an app's address that were not let in, by channel and why.",
		}, []string{"channel", "why"}),
	}
	m.registry.MustRegister(m.happened, m.due, m.said, m.refused, m.sending, m.handling, m.failed, m.store, m.unproven,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) count(h bot.Happening) { m.happened.WithLabelValues(h.What, h.How).Inc() }

func (m *metrics) never(channel string, reason channels.Reason) {
	m.refused.WithLabelValues(channel, string(reason)).Inc()
}

func (m *metrics) sent(channel string, outcome outbound.Outcome, took time.Duration) {
	m.said.WithLabelValues(channel, string(outcome)).Inc()
	m.sending.WithLabelValues(channel).Observe(took.Seconds())
}

// stranger counts a request that was not let in.
func (m *metrics) stranger(channel string, why inbound.Why) {
	m.unproven.WithLabelValues(channel, string(why)).Inc()
}
